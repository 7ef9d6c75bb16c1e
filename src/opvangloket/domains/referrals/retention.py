"""When the lists that organisers hand in are forgotten (`policies/retention.yaml`)."""

from opvangloket.domains.referrals.models import HandedInList
from opvangloket.foundation.retention.terms import removes

removes("referrals.HandedInList", lambda limit: HandedInList.objects.filter(handed_in_at__lt=limit.moment))

"""When parents and children are forgotten: with their last request (`policies/retention.yaml`)."""

from opvangloket.domains.families.models import Child, Guardian
from opvangloket.foundation.retention.terms import removes

removes("families.Guardian", lambda _limit: Guardian.objects.filter(requests=None))
removes("families.Child", lambda _limit: Child.objects.filter(requests=None))

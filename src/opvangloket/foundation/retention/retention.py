"""When the proof of what was forgotten is forgotten itself (`policies/retention.yaml`)."""

from opvangloket.foundation.retention.models import RetentionRun
from opvangloket.foundation.retention.terms import removes

removes("retention.RetentionRun", lambda limit: RetentionRun.objects.filter(at__lt=limit.moment))

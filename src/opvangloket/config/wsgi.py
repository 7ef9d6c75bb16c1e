"""The web application for a WSGI server."""

import gc

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()

# What every page needs is loaded now and not by the first visitor. It stays for good, so the collector need not walk
# through all of it again and again in the middle of a page.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()

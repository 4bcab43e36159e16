"""WSGI entry for any server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibenzhang.config.settings")
application = get_wsgi_application()

"""Settings for the tests: the same installation, in memory, with quick passwords."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="coproduce-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.setdefault("COPRODUCE_DATA", _folder)
os.environ.setdefault("COPRODUCE_SECRET_KEY", "only-for-the-tests")

from coproduce.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CONVERSATION_KEPT_FOR = 0.0
HEARD_FOR = 0.0
FIGURES_REST = 0.0

"""Style sheets, scripts and pictures by names that change with what is in them."""

from __future__ import annotations

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class KeptAddresses(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A file's address stays while the process runs: it is worked out once, not on every page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        found = self._addresses.get(name)
        if found is None:
            found = str(super().url(name, force))
            if self.manifest_hash:  # before the files are gathered there is nothing to keep
                self._addresses[name] = found
        return found

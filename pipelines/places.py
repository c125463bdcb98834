"""Where things stand on disk: the data folder and what it holds."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schemas.published import PINS_PATH

DATA_DIR_VARIABLE: Final = "WM_DATA_DIR"

_PRODUCT_DATA: Final = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Places:
    """The folders of one instance. A second instance, or a test, has another `data_dir`."""

    data_dir: Path

    @property
    def inbox(self) -> Path:
        """Return the folder where people put the files to be loaded."""
        return self.data_dir / "inbox"

    @property
    def sample(self) -> Path:
        """Return the folder that holds the invented sample files."""
        return self.data_dir / "sample"

    @property
    def restricted(self) -> Path:
        """Return the folder that only the loader reads."""
        return self.data_dir / "restricted"

    @property
    def published(self) -> Path:
        """Return the folder that the dashboard reads."""
        return self.data_dir / "published"

    @property
    def audit(self) -> Path:
        """Return the folder of the audit log."""
        return self.data_dir / "audit"

    @property
    def cleaned(self) -> Path:
        """Return the folder of files already cleaned, so that they are not read again."""
        return self.restricted / "street_crime"

    @property
    def boundaries(self) -> Path:
        """Return the folder of the boundary file in use, and of the log of all of them."""
        return self.restricted / "boundaries"

    @property
    def supplied(self) -> Path:
        """Return the folder of the accepted rows of supplied files."""
        return self.restricted / "supplied"

    @property
    def supplied_log(self) -> Path:
        """Return the load log of supplied files."""
        return self.restricted / "load_log.json"

    @property
    def protection(self) -> Path:
        """Return the file that says why each cell about people is hidden."""
        return self.restricted / "protection.parquet"

    @property
    def told(self) -> Path:
        """Return the folder of what each version told about people."""
        return self.restricted / "told"

    @property
    def pins(self) -> Path:
        """Return the list of versions that papers name; the dashboard writes it."""
        return self.data_dir / PINS_PATH

    @property
    def policy(self) -> Path:
        """Return the place of the optional file of the data owner's decisions."""
        return self.data_dir / "policy.toml"

    def create(self) -> None:
        """Create the folders that are absent. Only the loader's own user enters `restricted`."""
        for folder in (
            self.inbox, self.published, self.audit, self.cleaned, self.supplied, self.told
        ):  # fmt: skip
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.restricted, self.supplied, self.told):
            folder.chmod(0o700)


def find_places(data_dir: Path | None = None) -> Places:
    """Return the places under `data_dir`, else under WM_DATA_DIR, else beside the product."""
    named = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    return Places(Path(named).resolve() if named else _PRODUCT_DATA)

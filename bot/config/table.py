"""What every table of the configuration is made of."""

from pydantic import BaseModel, ConfigDict


class SettingsTable(BaseModel):
    """One table of the file: nothing unknown in it, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

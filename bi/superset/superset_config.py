"""Superset's configuration, found by its name: where it keeps its own state, and how it opens the published file.

Everything that is set comes from the environment (see .env.example); `serve.py` makes what is missing.
"""

import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL
from superset.utils.logging_configurator import DefaultLoggingConfigurator

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = ROOT / (os.environ.get("KLIMATLAGER_DATA_DIR") or "data")
HOME = DATA_DIR / "superset"
PUBLISHED_FILE = DATA_DIR / "published" / "klimatlager.duckdb"

SECRET_KEY = os.environ.get("SUPERSET_SECRET_KEY") or (HOME / "secret_key").read_text(encoding="ascii").strip()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}?check_same_thread=false"
SQLALCHEMY_ENGINE_OPTIONS = {"connect_args": {"timeout": 30}}

# A reader's connection: it can't write, can't read another file of the machine, and can't lift either. All connections
# of the process must agree on these, or DuckDB refuses the second one; hence also the constant user agent.
DUCKDB_ARGUMENTS = {
    "read_only": True,
    "config": {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "lock_configuration": "true",
        "custom_user_agent": "superset",
    },
}


def DB_CONNECTION_MUTATOR(url: URL, parameters: dict[str, Any], *_: object) -> tuple[URL, dict[str, Any]]:
    """Open the file that this installation publishes, whatever path an asset names, as a reader.

    Superset opens and closes a connection for each query (NullPool). That is what makes a new publication appear: DuckDB
    hands a process its old file again for as long as one connection to it is open.
    """
    if url.get_backend_name() == "duckdb":
        url = url.set(database=str(PUBLISHED_FILE), query={})
        parameters = parameters | {"connect_args": DUCKDB_ARGUMENTS}
    return url, parameters


# Figures and languages as in Sweden. Superset 6.1 has no Swedish texts of its own; all labels of the assets are in both.
APP_NAME = "Klimatlager"
BABEL_DEFAULT_LOCALE = "en"
D3_FORMAT = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0kr"]}
CURRENCIES = ["SEK", "EUR"]
EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "klimatlager",
        "description": "The colours of the shipped dashboards",
        "label": "Klimatlager",
        "isDefault": True,
        "colors": [
            "#1B6B93", "#E0913A", "#4F9D69", "#B5476B", "#7A6FB0", "#8C6D46", "#5BB5C9", "#C9B037", "#6B7785", "#2F4B5C",
        ],
    }
]  # fmt: skip
THEME_DARK = None

# Nothing calls home or elsewhere: no map tiles, fonts or pixels of others.
MAPBOX_API_KEY = ""
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,  # a proxy's job
    "session_cookie_secure": False,
}
FEATURE_FLAGS = {"ALERT_REPORTS": False, "ENABLE_EXTENSIONS": False}
PREVENT_UNSAFE_DB_CONNECTIONS = True
ENABLE_UI_THEME_ADMINISTRATION = False
RATELIMIT_STORAGE_URI = "memory://"
GUEST_TOKEN_JWT_SECRET = GLOBAL_ASYNC_QUERIES_JWT_SECRET = SECRET_KEY


class _Log(DefaultLoggingConfigurator):  # type: ignore[misc]  # Superset is installed elsewhere
    """Warnings and errors into a file; the terminal is for what a person should read."""

    def configure_logging(self, app_config: dict[str, Any], debug_mode: bool) -> None:
        del app_config, debug_mode
        logging.basicConfig(filename=HOME / "superset.log", level=logging.WARNING, format=_LOG_FORMAT)
        logging.captureWarnings(True)


_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
LOGGING_CONFIGURATOR = _Log()
ALEMBIC_SKIP_LOG_CONFIG = True

"""Set Superset up where it isn't, import the dashboards where they are new, and serve it on 127.0.0.1.

One process does it all, because starting Superset costs seconds each time. Run by `make superset`, in bi/superset/.venv.
"""

import argparse
import hashlib
import json
import os
import secrets
import signal
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ASSETS = HERE / "assets"
ADDRESS = "127.0.0.1"  # never another: whoever wants it on a network puts a proxy with TLS before it
ADMIN = "admin"
YAML = (".yaml", ".yml")


def main() -> None:
    """Prepare and serve until interrupted; says on the terminal where to log in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("KLIMATLAGER_SUPERSET_PORT") or 8088))
    parser.add_argument("--reimport", action="store_true", help="Set the shipped dashboards back to how they came.")
    parser.add_argument("--export", type=Path, metavar="FOLDER", help="Write the dashboards as they are now, and end.")
    arguments = parser.parse_args()
    os.environ["SUPERSET_CONFIG_PATH"] = str(HERE / "superset_config.py")
    sys.path.insert(0, str(HERE))
    home, published = _home()
    password = _secret(home / "admin_password", "KLIMATLAGER_SUPERSET_ADMIN_PASSWORD", 18)
    _secret(home / "secret_key", "SUPERSET_SECRET_KEY", 48)

    with (home / "superset.log").open("a", encoding="utf-8") as log, redirect_stdout(log):  # migrations print
        from superset.app import create_app

        app = create_app()
        with app.app_context():
            _prepare(home, password, reimport=arguments.reimport)
    if arguments.export:
        with app.app_context():
            _tell(f"Written: {_export(arguments.export.absolute())} files in {arguments.export}")
        return
    _tell(f"Superset: http://{ADDRESS}:{arguments.port}  user {ADMIN}, {_where_password_is(home)}")
    _tell(f"It shows {published}. Ctrl-C stops it.")
    _serve(app, arguments.port)


def _tell(text: str) -> None:
    """Say it on the terminal, also while Superset's own words go elsewhere."""
    print(text, file=sys.__stdout__, flush=True)


def _home() -> tuple[Path, Path]:
    """Superset's own folder, which only the owner may enter, and the published file."""
    data = HERE.parents[1] / (os.environ.get("KLIMATLAGER_DATA_DIR") or "data")
    published = data / "published" / "klimatlager.duckdb"
    if not published.is_file():
        sys.exit(f"There is no {published} to show. Run `make refresh` first.")
    home = data / "superset"
    home.mkdir(mode=0o700, exist_ok=True)
    return home, published


def _secret(file: Path, variable: str, size: int) -> str:
    """The secret of this installation: of the environment, or generated once into a file that only the owner reads."""
    given = os.environ.get(variable)
    if given:
        return given
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(size) + "\n")
    return file.read_text(encoding="ascii").strip()


def _where_password_is(home: Path) -> str:
    if os.environ.get("KLIMATLAGER_SUPERSET_ADMIN_PASSWORD"):
        return "password as in KLIMATLAGER_SUPERSET_ADMIN_PASSWORD"
    return f"first password in {home / 'admin_password'}"


def _prepare(home: Path, password: str, *, reimport: bool) -> None:
    """Bring database, roles, administrator and dashboards up to what is installed; does nothing that is done."""
    import flask_migrate
    from superset import appbuilder, security_manager
    from superset.extensions import db

    note = home / "prepared.json"
    done: dict[str, Any] = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    version = hashlib.sha256((HERE / "requirements.lock").read_bytes()).hexdigest()
    if done.get("version") != version:
        _tell("Setting up Superset's own database (half a minute) …")
        flask_migrate.upgrade()
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
    _administrator(security_manager, password)
    contents = _assets()
    assets = hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()
    if reimport or done.get("assets") != assets:
        _tell("Importing the dashboards …")
        _import(contents)
    db.session.remove()
    db.engine.dispose()
    note.write_text(json.dumps({"version": version, "assets": assets}), encoding="utf-8")


def _administrator(security_manager: Any, password: str) -> None:
    """Make the administrator once; a password in the environment is made true again at each start."""
    user = security_manager.find_user(ADMIN)
    if user is None:
        role = security_manager.find_role("Admin")
        if not security_manager.add_user(ADMIN, "Klimatlager", "Admin", "admin@localhost", role, password=password):
            sys.exit("Superset refused to make its administrator; remove the folder superset in the data folder.")
    elif os.environ.get("KLIMATLAGER_SUPERSET_ADMIN_PASSWORD"):
        security_manager.reset_password(user.id, password)


def _assets() -> dict[str, str]:
    """The text of every asset, by its path below assets/."""
    files = sorted(path for path in ASSETS.rglob("*") if path.suffix in YAML)
    return {path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _import(contents: dict[str, str]) -> None:
    """Import everything or nothing. Raises Superset's ImportFailedError, CommandInvalidError."""
    from superset import security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.utils.core import override_user

    with override_user(security_manager.find_user(ADMIN)):
        ImportAssetsCommand(contents).run()


def _serve(app: Any, port: int) -> None:
    """Answer requests until the process is told to stop. One process, as a fork would break DuckDB's threads."""
    import waitress

    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    waitress.serve(app, host=ADDRESS, port=port, threads=8, ident=None)


def _export(folder: Path) -> int:
    """Write all assets of this installation to the folder, in place of those there; gives the number of files.

    What is shipped keeps the name of its file, whatever number it has in this installation.
    """
    import yaml
    from superset import security_manager
    from superset.commands.export.assets import ExportAssetsCommand
    from superset.utils.core import override_user

    shipped = {yaml.safe_load(text).get("uuid"): name for name, text in _assets().items()}
    with override_user(security_manager.find_user(ADMIN)):
        exported = {name: content() for name, content in ExportAssetsCommand().run()}
    for path in [path for path in folder.rglob("*") if path.suffix in YAML]:
        path.unlink()
    for name, text in exported.items():
        asset = yaml.safe_load(text)
        target = folder / shipped.get(asset.get("uuid"), name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(asset, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    return len(exported)


if __name__ == "__main__":
    main()

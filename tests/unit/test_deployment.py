"""What deployment/ and the defaults open to the network: nothing but loopback."""

import re

import yaml

from orchestration.settings import ROOT, Settings

DEPLOYMENT = ROOT / "deployment"


def test_the_containers_publish_their_ports_on_loopback():
    services = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []
    assert [name for name, service in services.items() if service.get("network_mode") == "host"] == []


def test_the_service_binds_to_loopback():
    (start,) = re.findall(r"^ExecStart=(.*)$", (DEPLOYMENT / "klimatlager.service").read_text(), re.MULTILINE)
    assert "--host 127.0.0.1" in start


def test_alerts_link_to_loopback_unless_told_otherwise():
    assert Settings.from_environment({}).ui_url == "http://127.0.0.1:3000"

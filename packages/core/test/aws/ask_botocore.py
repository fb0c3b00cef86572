"""What botocore makes of configuration files: a JSON list of [config, credentials] in base64 per line of stdin,
a JSON list of answers per line of stdout. The first line is the version of botocore, or null."""
import base64
import json
import os
import sys
import tempfile
from types import SimpleNamespace

try:
    import botocore
except ImportError:
    print("null")
    sys.exit()
from botocore.exceptions import ConfigParseError
from botocore.session import Session

print(json.dumps(botocore.__version__), flush=True)
folder = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
paths = {name: os.path.join(folder, name) for name in ("config_file", "credentials_file")}


def answer(config, credentials):
    for path, content in zip(paths.values(), (config, credentials)):
        if content is None:
            if os.path.exists(path):
                os.remove(path)
            continue
        with open(path, "wb") as file:
            file.write(base64.b64decode(content))
    # The real property, without the session that is built around it (which costs more than the parsing).
    session = SimpleNamespace(_config=None, get_config_variable=paths.get)
    try:
        full = Session.full_config.fget(session)
    except ConfigParseError:
        return None
    kinds = ("profiles", "sso_sessions", "services")
    return [list(full.get(kind, {}).items()) for kind in kinds]


for line in sys.stdin:
    print(json.dumps([answer(*files) for files in json.loads(line)]), flush=True)
for path in paths.values():
    if os.path.exists(path):
        os.remove(path)
os.rmdir(folder)

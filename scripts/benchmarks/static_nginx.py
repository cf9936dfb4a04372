"""nginx with static replies on a loopback port, as an ordinary process that ends with its context."""

import re
import tempfile

from lib.nginx import start_nginx
from lib.process import free_port
from lib.web import fetch

# The replies of a trained bot as the platform documents them, without the blanks.
ML_STATUS = (
    '{"trainingStatus":"Finished","isMlInSyncWithSentences":true,"isMlInSyncWithSynonyms":true,'
    '"isMlInSyncWithMlparams":true,"isMlInSyncWithTraits":true,"isMlInSyncWithSmallTalk":true,'
    '"isMlInSyncWithUBTraining":true,"isMlInSyncWithEntityNode":true,"isMlInSyncWithIntentNode":true,'
    '"isMlInSyncWithPatterns":true,"isMlInSyncWithBTUtterances":true,"trainDetails":{"nlpVersion":3,"trainVersion":3}}'
)
FAQ_STATUS = (
    '{"_id":"5d14b1c9a7b2c34d5e6f7081","message":"Success","status":"success","__v":0,'
    '"modifiedOn":"2019-06-27T12:07:30.898Z","lastModifiedBy":"u-5d14b1c9-b2c1-5d40-a1b8-2e5f6a7b8c9d"}'
)
EXPORT_STATUS = (
    '{"_id":"dx-aa14b1c9-b2ce-5d4c-b1cf-315f6a7b8c9d","status":"SUCCESS","percentageComplete":100,'
    '"streamId":"sx-614b1c92-5d41-5d40-b9cf-8c5f6a7b8c9d","createdBy":"u-5d14b1c9-b2c1-5d40-a1b8-2e5f6a7b8c9d",'
    '"jobType":"ML_UTTERANCE","action":"EXPORT","countOfDockStatuses":1,"fileType":"CSV","statusLogs":[],'
    '"lMod":"2019-06-27T06:49:15.726Z","createdOn":"2019-06-27T06:49:15.572Z",'
    '"requestedTime":"2019-06-27T06:49:15.572Z","__v":0,"downloadUrl":""}'
)

CONFIGURATION = """
daemon off;
master_process off;
pid nginx.pid;
pcre_jit on;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    # By default a connection is closed after 1,000 requests.
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    default_type application/json;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location = /nginx_status {{ stub_status; }}
        location ~ /ml/train/status$ {{ return 200 '{ml}'; }}
        location ~ /faqs/train/status$ {{ return 200 '{faq}'; }}
        location ~ /mlexport/status$ {{ return 200 '{export}'; }}
    }}
}}
"""


class StaticNginx:
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = start_nginx(
            self.folder.name,
            CONFIGURATION.format(port=self.port, ml=ML_STATUS, faq=FAQ_STATUS, export=EXPORT_STATUS), self.port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.folder.cleanup()

    def counts(self) -> tuple:
        """Connections accepted and requests answered so far; asking counts as one of each."""
        accepted, _, requests = re.search(r"(\d+) (\d+) (\d+)", fetch(self.url + "/nginx_status")).groups()
        return int(accepted), int(requests)

"""Log lines as JSON: type of error and where in our code, never what was written or by whom."""

import json
import logging
import traceback


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname, "from": record.name}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-6:]))
        elif record.name.startswith("varna"):
            line["says"] = record.getMessage()
        else:
            # Other packages' messages may quote an address or a value; their template does not.
            line["says"] = str(record.msg)
        return json.dumps(line, ensure_ascii=False)

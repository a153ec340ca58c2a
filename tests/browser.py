"""A headless Chromium, driven over a pair of pipes: no port, no network, no library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Any

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}
PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """Opens pages and measures them; a context manager."""

    def __enter__(self) -> Browser:
        self.profile = tempfile.TemporaryDirectory(prefix="manproof-browser-", ignore_cleanup_errors=True)
        commands, self.input = os.pipe()
        self.output, answers = os.pipe()
        # Chromium reads its commands from descriptor 3 and answers on 4
        shell = f'exec 3<&{commands} 4>&{answers}; exec "$0" "$@"'
        command = ["bash", "-c", shell, str(PROGRAM), *_FLAGS, f"--user-data-dir={self.profile.name}"]
        self.process = subprocess.Popen(
            command, pass_fds=(commands, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(commands)
        os.close(answers)
        self.buffer, self.number, self.session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(10)
        os.close(self.input)
        os.close(self.output)
        self.profile.cleanup()

    def call(self, method: str, **parameters: Any) -> Any:
        """Sends a command and returns its result; events that come before it are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.input, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self.number:
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.buffer:
            chunk = os.read(self.output, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser has gone away")
            self.buffer += chunk
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)  # type: ignore[no-any-return]  # an object, as the protocol says

    def open(self, url: str, width: int = 1280, height: int = 900, *, medium: str = "", **media: str) -> None:
        """Loads a page into a window of this size.

        ``medium`` may be print; ``media`` are features such as the colour scheme.
        """
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.call("Emulation.setEmulatedMedia", media=medium, features=features)
        # from elsewhere: an address that differs in its anchor alone would not be loaded
        for address in ("about:blank", url):
            self.events.clear()
            self.call("Page.navigate", url=address)
            while not any(event["method"] == "Page.loadEventFired" for event in self.events):
                self.events.append(self._next())

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page, as if a user had asked for it; a promise is waited for."""
        found = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"].get("exception", found))[:2000])
        return found["result"].get("value")

    def wait(self, expression: str, seconds: float = 20) -> None:
        """Until an expression holds in the page; for what the page does in its own time."""
        deadline = time.monotonic() + seconds
        while not self.evaluate(expression):
            if time.monotonic() > deadline:
                raise TimeoutError(expression)
            time.sleep(0.02)

    def press(self, key: str, *, code: str = "", text: str = "", modifiers: int = 0) -> None:
        """A key of the keyboard; ``modifiers`` are 1 Alt, 2 Control, 4 Meta, 8 Shift."""
        told: dict[str, Any] = {"key": key, "code": code or key, "modifiers": modifiers}
        told["windowsVirtualKeyCode"] = _KEYS.get(key, 0)
        kind = "keyDown" if text else "rawKeyDown"
        self.call("Input.dispatchKeyEvent", type=kind, text=text, **told)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def type(self, text: str) -> None:
        """Text into what has the focus."""
        self.call("Input.insertText", text=text)

    def pdf(self) -> bytes:
        """The page as it is printed."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(found["data"])

    def shot(self) -> bytes:
        """The page as it is seen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def messages(self) -> list[str]:
        """What the page made the browser complain about since it was opened."""
        kinds = {"Log.entryAdded": "entry", "Runtime.consoleAPICalled": "args"}
        told = [event for event in self.events if event["method"] in kinds]
        return [str(event["params"][kinds[event["method"]]]) for event in told]

    def requests(self) -> list[str]:
        """The addresses that the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

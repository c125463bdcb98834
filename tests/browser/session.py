"""A session as the browser holds one, without the browser: what is asked and all that is sent."""

from collections.abc import Iterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.browser.conftest import PATIENCE, Server, named


def session(server: Server, path: str, *, reader: str | None) -> str:
    """Return, as text, all that a session is sent for an address until its run has ended."""
    told: list[str] = []
    for frame in frames(server, path, reader=reader):
        message = ForwardMsg.FromString(frame)
        told += [str(message), message.WhichOneof("type") or ""]
    return "".join(told).replace("\\", "")


def frames(server: Server, path: str, *, reader: str | None) -> Iterator[bytes]:
    """Yield each frame that a session is sent for an address until its run has ended."""
    asked = BackMsg()
    page, _, asked.rerun_script.query_string = path.partition("?")
    asked.rerun_script.page_name = page.strip("/")
    asked.rerun_script.context_info.url = server.address + path
    address = f"{socket_of(server)}/_stcore/stream"
    streamlits = [Subprotocol("streamlit")]
    with connect(address, subprotocols=streamlits, additional_headers=named(reader)) as socket:
        socket.send(asked.SerializeToString())
        is_over = False
        while not is_over:
            frame = socket.recv(timeout=PATIENCE, decode=False)
            yield frame
            is_over = ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"


def socket_of(server: Server) -> str:
    """Return the address of a server for web sockets."""
    return server.address.replace("http", "ws")

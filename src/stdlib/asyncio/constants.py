"""Numbers that more than one module of asyncio needs.  Source: Library Reference "asyncio"."""

# A transport whose peer is gone swallows this many writes before it says so in the log.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5

# Seconds for which a server stops accepting when the system has no descriptor or memory left.
ACCEPT_RETRY_DELAY = 1

# Stack entries kept for "created at" in debug mode.
DEBUG_STACK_DEPTH = 10

# Seconds that a TLS handshake, and the closing of a TLS connection, may take.
SSL_HANDSHAKE_TIMEOUT = 60.0
SSL_SHUTDOWN_TIMEOUT = 30.0

# Bytes read at once when a file is sent without the system's help.
SENDFILE_FALLBACK_READBUFFER_SIZE = 1024 * 256

# Kibibytes: high water marks of a TLS connection.
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512

# Seconds for which `asyncio.run` waits for the threads of the default executor.
THREAD_JOIN_TIMEOUT = 300


class _SendfileMode:
    """How `loop.sendfile` gets a file into a transport."""

    UNSUPPORTED = "unsupported"
    TRY_NATIVE = "try native"
    FALLBACK = "fallback"

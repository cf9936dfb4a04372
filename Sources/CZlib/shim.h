#include <zlib.h>

// Macros with casts and struct sizes, which Swift does not import.

/// Starts raw deflate: no header and no checksum.
static inline int czlib_deflate_init(z_stream *stream, int level, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, memory_level, Z_DEFAULT_STRATEGY);
}

#include <zlib.h>

// deflateInit2 is a macro with a cast and a struct's size, which Swift does not import.

/// Starts raw deflate, without a header and a checksum.
static inline int czlib_deflate_init(z_stream *stream, int level, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, memory_level, Z_DEFAULT_STRATEGY);
}

#include <crypt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// Whether a password has the given hash, as libxcrypt computes it. It takes as long as the hash asks for, whatever the
/// result, and the time of the comparison does not tell where two hashes differ.
static inline bool koreai_password_matches(const char *_Nonnull password, const char *_Nonnull hash) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (data == NULL) {
        return false;
    }
    const char *computed = crypt_r(password, hash, data);
    size_t length = strlen(hash);
    unsigned char difference = 1;
    if (computed != NULL && strlen(computed) == length) {
        difference = 0;
        for (size_t index = 0; index < length; index++) {
            difference |= (unsigned char)computed[index] ^ (unsigned char)hash[index];
        }
    }
    explicit_bzero(data, sizeof *data);
    free(data);
    return difference == 0;
}

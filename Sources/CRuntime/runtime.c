#include "CRuntime.h"

const char *build_revision(void) { return BUILD_REVISION; }

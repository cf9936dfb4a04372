#ifndef CRUNTIME_H
#define CRUNTIME_H

#include <malloc.h>

/// The git commit that this binary was built from, or "unknown".
const char *build_revision(void);

#endif

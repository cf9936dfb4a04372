#ifndef CBUILD_H
#define CBUILD_H

/// The git commit that this binary was built from, or "unknown".
const char *build_revision(void);

#endif

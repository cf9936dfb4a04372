// Functions of the test program that stand before those of the system's libraries.

#ifndef CINTERPOSERS_H
#define CINTERPOSERS_H

// From now on the look-up of a name under `held.invalid` does not return before `release_lookups`. See resolver.c.
void hold_lookups(void);

// Lets held look-ups go on, to the failure that they end in.
void release_lookups(void);

// From now on a name under `addresses.invalid` has these IPv4 addresses, in this order, with commas between them. Both
// texts are copied. See resolver.c.
void set_addresses(const char *name, const char *addresses);

#endif

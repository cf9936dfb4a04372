/// Asks a connection to tell when the last response that was written is all with the kernel.
struct ResponseSent: Sendable {}

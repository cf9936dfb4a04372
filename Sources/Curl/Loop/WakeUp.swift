import CCurl

/// Wakes the thread that waits in `curl_multi_poll`.
///
/// Safe to send although the handle belongs to the loop's thread: `curl_multi_wakeup` is the one function that libcurl
/// lets other threads call (its manual page says so). ``Mailbox`` calls it under its lock, and only between the thread's
/// falling asleep and its next look into the mailbox: the thread cannot free the handle in between.
struct WakeUp: @unchecked Sendable {
    private let multi: OpaquePointer

    init(multi: OpaquePointer) {
        self.multi = multi
    }

    func ring() {
        _ = curl_multi_wakeup(multi)
    }
}

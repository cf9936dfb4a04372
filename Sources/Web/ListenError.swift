import Glibc

/// An address that the exporter cannot listen on.
package struct ListenError: Error, Sendable, Hashable {
    package var address: ListenAddress
    package var errnoCode: Int32
}

extension ListenError: CustomStringConvertible {
    package var description: String {
        let remedy =
            switch errnoCode {
            case EADDRINUSE: "another process listens there: stop it or choose another --web.listen-address"
            case EACCES: "ports below 1024 need the right to bind them: choose a higher --web.listen-address"
            case EADDRNOTAVAIL: "this machine has no such address: check --web.listen-address"
            default: "check --web.listen-address"
            }
        return "cannot listen on \(address): \(String(cString: strerror(errnoCode))); \(remedy)"
    }
}

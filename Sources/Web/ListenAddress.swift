import Glibc

/// An address that the exporter listens on: `--web.listen-address`.
package struct ListenAddress: Sendable, Hashable {
    /// A name or an IP address; empty for all addresses of the machine.
    package var host: String
    /// From 0 to 65535; with 0 the system chooses.
    package var port: Int
    /// The path of a Unix socket, which has neither host nor port; `nil` for TCP.
    package private(set) var socketPath: String?

    /// In bytes: Linux has 108 for the path and the zero after it.
    private static let longestSocketPath = 107

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `:10573`, `127.0.0.1:10573`, `[::1]:10573`, `name:10573` or `unix:/run/koreai.sock`.
    ///
    /// - Returns: `nil` for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("unix:/") {
            let path = String(text.dropFirst("unix:".count))
            guard path.utf8.count <= Self.longestSocketPath, !path.utf8.contains(0) else { return nil }
            self.init(host: "", port: 0)
            socketPath = path
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        let port = text[text.index(after: colon)...]
        guard !port.isEmpty, port.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
            let number = UInt16(port)
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") || host.contains("[") || host.contains("]") {
            return nil
        }
        self.init(host: String(host), port: Int(number))
    }

    /// The host to bind to. For all addresses it is `::`, which includes IPv4, or `0.0.0.0` on a machine without IPv6.
    var bindHost: String {
        guard host.isEmpty else { return host }
        return access("/proc/net/if_inet6", R_OK) == 0 ? "::" : "0.0.0.0"
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        if let socketPath { return "unix:" + socketPath }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The `http` URL for a browser on this machine; a Unix socket has only its address.
    package var url: String {
        guard socketPath == nil else { return description }
        let isEvery = ["", "::", "0.0.0.0"].contains(host)
        return "http://" + ListenAddress(host: isEvery ? "localhost" : host, port: port).description
    }
}

/// The error for an address that the exporter cannot listen on.
package struct ListenError: Error, Sendable, Hashable {
    package var address: ListenAddress
    package var errnoCode: Int32
}

extension ListenError: CustomStringConvertible {
    package var description: String {
        let remedy =
            switch errnoCode {
            case EADDRINUSE where address.socketPath != nil:
                "another process listens there, or a file that is no socket is: choose another path"
            case EACCES where address.socketPath != nil, ENOENT where address.socketPath != nil:
                "the folder has to be there, and this user has to have the right to write into it"
            case EADDRINUSE: "another process listens there: stop it or choose another --web.listen-address"
            case EACCES: "ports below 1024 need the right to bind them: choose a higher --web.listen-address"
            case EADDRNOTAVAIL: "this machine has no such address: check --web.listen-address"
            default: "check --web.listen-address"
            }
        return "cannot listen on \(address): \(String(cString: strerror(errnoCode))); \(remedy)"
    }
}

import Glibc

/// Where a command writes what it was asked for, as a flag such as `--output` names it.
///
/// It is made before the command begins, so that a place that cannot be written costs nothing.
package struct OutputPlace: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Standard output: `-`.
        case standardOutput
        /// A regular file, or a name that is free: what is written stands beside it until it is whole.
        case file
        /// A device or a FIFO: what is whole is copied into it.
        case stream
    }

    private static let namesOfStandardOutput = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
    /// As many links as Linux follows.
    private static let mostLinks = 40

    /// As it was given.
    package let path: String
    package let kind: Kind
    /// The file that `path` leads to, when links are followed.
    let file: String

    /// Looks at the place; blocks.
    ///
    /// - Throws: Why nothing can be written there. Nothing was changed.
    package init(_ path: String) throws(OutputError) {
        self.path = path
        if Self.namesOfStandardOutput.contains(path) {
            (kind, file) = (.standardOutput, path)
            return
        }
        guard !path.isEmpty else { throw OutputError("the name of the file is empty: use - for standard output") }
        guard !Self.isFolder(path) else {
            throw OutputError("\(path) is a folder: name a file in it")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw OutputError(path, "cannot be written", errno) }
            file = try Self.followingLinks(path)
            try Self.checkFolder(Self.folder(of: file))
            kind = .file
            return
        }
        guard access(path, W_OK) == 0 else { throw OutputError(path, "cannot be written", errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            file = try Self.followingLinks(path)
            try Self.checkFolder(Self.folder(of: file))
            kind = .file
        case S_IFIFO, S_IFCHR: (kind, file) = (.stream, path)
        default: throw OutputError("\(path) is neither a file, nor a FIFO, nor a character device: name another place")
        }
    }

    /// Whether a path names a folder: one that is there, or by the slash at its end one to make.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return path.hasSuffix("/") || stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes the folder, and those above it, where they are not there.
    ///
    /// - Throws: Why nothing can be written into it.
    package static func makeFolder(_ path: String) throws(OutputError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += name + "/"
            guard mkdir(made, 0o777) == 0 || errno == EEXIST || isFolder(String(made.dropLast())) else {
                throw OutputError("the folder \(path)", "cannot be made", errno)
            }
        }
        try checkFolder(path)
    }

    static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[...$0]) } ?? "./"
    }

    private static func checkFolder(_ folder: String) throws(OutputError) {
        var status = stat()
        guard stat(folder, &status) == 0 else { throw OutputError("the folder \(folder)", "cannot be used", errno) }
        guard access(folder, W_OK | X_OK) == 0 else {
            throw OutputError("the folder \(folder)", "cannot be written", errno)
        }
    }

    private static func followingLinks(_ path: String) throws(OutputError) -> String {
        var path = path
        for _ in 0...mostLinks {
            var name = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &name, name.count)
            guard count >= 0 else { return path }
            let link = String(decoding: name.prefix(count), as: UTF8.self)
            path = link.hasPrefix("/") ? link : folder(of: path) + link
        }
        throw OutputError(path, "cannot be written", ELOOP)
    }
}

extension OutputPlace: CustomStringConvertible {
    package var description: String { kind == .standardOutput ? "standard output" : path }
}

/// Why something cannot be written where it was asked for.
package struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    init(_ place: String, _ what: String, _ code: Int32) {
        description = "\(place) \(what): \(String(cString: strerror(code)))"
    }
}

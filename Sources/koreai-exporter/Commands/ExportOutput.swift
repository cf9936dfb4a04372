import ArgumentParser
import Model

/// Where `export --output` writes files.
enum ExportOutput {
    /// The file of the only bot.
    case file(OutputPlace)
    /// The folder with a file for each bot.
    case folder(String)

    /// - Parameters:
    ///   - path: A file or a folder; a folder is made where the name ends in `/`.
    ///   - bots: How many bots are exported.
    /// - Throws: `ValidationError` where nothing can be written there.
    init(_ path: String, bots: Int) throws {
        do throws(OutputError) {
            if OutputPlace.isFolder(path) {
                try OutputPlace.makeFolder(path)
                self = .folder(path)
            } else {
                self = .file(try OutputPlace(path))
            }
        } catch {
            throw ValidationError("--output: \(error).")
        }
        if bots > 1, case .file = self {
            throw ValidationError(
                """
                With several bots --output must be a folder, but is '\(path)': name one that is there, or end its name \
                in / to have it made.
                """
            )
        }
    }

    /// The path of that file or folder.
    var path: String {
        switch self {
        case .file(let place): place.path
        case .folder(let path): path
        }
    }

    /// Where the file of a bot is written.
    ///
    /// - Parameter name: The file's name, if it goes into a folder.
    /// - Throws: `ValidationError` where it cannot be written.
    func place(named name: String) throws -> OutputPlace {
        switch self {
        case .file(let place): return place
        case .folder(let folder):
            do throws(OutputError) {
                return try OutputPlace(folder.hasSuffix("/") ? folder + name : folder + "/" + name)
            } catch {
                throw ValidationError("--output: \(error).")
            }
        }
    }
}

/// Gives each bot a file name in a folder: the bot's name as far as file systems allow, and the id where names collide.
struct ExportFileNames {
    /// The most bytes of a name, and of an id: both and an extension fit into the 255 bytes that file systems allow.
    private static let mostBytes = 120

    private var names: [String: String] = [:]

    /// - Parameter bots: All known bots, so that a bot's file has the same name whichever bots are exported with it.
    init(_ bots: [(name: String, id: String)]) {
        // Compared in lower case, because some file systems do not tell letter cases apart.
        let sharing = Dictionary(grouping: bots) { Self.fileName($0.name).lowercased() }
        var taken: Set<String> = []
        for bot in bots.sorted(by: { ($0.id, $0.name) < ($1.id, $1.name) }) {
            var name = Self.fileName(bot.name)
            if sharing[name.lowercased(), default: []].count > 1 { name += "-" + Self.fileName(bot.id) }
            while !taken.insert(name.lowercased()).inserted { name += "_" }
            names[bot.name] = name
        }
    }

    /// - Parameter bot: The bot's name.
    subscript(bot: String) -> String { names[bot] ?? Self.fileName(bot) }

    private static func fileName(_ text: String) -> String {
        var name = ""
        for character in text {
            let isFit =
                character != "/" && !character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            let next = isFit ? String(character) : "_"
            guard name.utf8.count + next.utf8.count <= mostBytes else { break }
            name += next
        }
        return name.hasPrefix(".") || name.isEmpty ? "_" + name : name
    }
}

import ArgumentParser
import Model

/// Where `export --output` puts files.
enum ExportOutput {
    /// The one file of one bot.
    case file(OutputPlace)
    /// Each bot has a file in the folder.
    case folder(String)

    /// - Parameter bots: How many bots are exported.
    /// - Throws: `ValidationError` where nothing can be written there. A folder whose name ends in `/` is made.
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

    /// As it was given.
    var path: String {
        switch self {
        case .file(let place): place.path
        case .folder(let path): path
        }
    }

    /// The file of a bot.
    ///
    /// - Parameter name: Its name in a folder.
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

/// The names of bots' files in a folder: the bot's name as far as a file may have it, and with the bot's id where several
/// bots would share a name.
struct ExportFileNames {
    /// A file system takes names of 255 bytes.
    private static let mostBytes = 120

    private var names: [String: String] = [:]

    /// - Parameter bots: All that are known, so that a bot's file has the same name whichever bots are exported with it.
    init(_ bots: [(name: String, id: String)]) {
        // File systems that know no letter case are about as frequent as bots whose names differ by it alone.
        let sharing = Dictionary(grouping: bots) { Self.fileName($0.name).lowercased() }
        var taken: Set<String> = []
        for bot in bots.sorted(by: { ($0.id, $0.name) < ($1.id, $1.name) }) {
            var name = Self.fileName(bot.name)
            if sharing[name.lowercased(), default: []].count > 1 { name += "-" + Self.fileName(bot.id) }
            while !taken.insert(name.lowercased()).inserted { name += "_" }
            names[bot.name] = name
        }
    }

    /// - Parameter bot: Its name.
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

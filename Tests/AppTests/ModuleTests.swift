import Foundation
import Testing

/// Holds the `import` lines, Package.swift and the table of modules in CONTRIBUTING.md together.
struct ModuleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The folders of Sources: each is a module.
    private static func modules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// What the Swift files of a module import.
    private static func imports(of module: String) throws -> Set<String> {
        let folder = root.appending(path: "Sources").appending(path: module)
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        var imported: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8)
                .matches(of: /(?m)^(?:package |public |@preconcurrency )*import (\w+)/)
            {
                imported.insert(String(match.1))
            }
        }
        return imported
    }

    /// The modules that a target of Package.swift depends on, other packages' as they are imported.
    private static func dependencies(of module: String) throws -> Set<String> {
        let package = try text("Package.swift")
        var products: [String: String] = [:]
        for match in package.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            products[String(match.1)] = String(match.2)
        }
        let target = try Regex("name: \"\(module)\",\\s*dependencies: \\[([^\\]]*)\\]", as: (Substring, Substring).self)
        guard let list = package.firstMatch(of: target)?.output.1 else { return [] }
        return Set(
            list.split { $0 == "," || $0.isWhitespace }.map { word in
                word.hasPrefix("\"") ? word.trimmingCharacters(in: ["\""]) : products[String(word)] ?? String(word)
            }
        )
    }

    /// The rows of the table of modules.
    private static func table() throws -> [String: Set<String>] {
        var rows: [String: Set<String>] = [:]
        let contributing = try text("CONTRIBUTING.md")
        let map = contributing.split(separator: "\n## ").first { $0.hasPrefix("The map of the house") } ?? ""
        for line in map.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.matches(of: /`([\w-]+)`/).map { String($0.1) } }
            for module in cells.first ?? [] { rows[module] = Set(cells.last ?? []) }
        }
        return rows
    }

    @Test("Every module imports what Package.swift says, and nothing else")
    func package() throws {
        // Of the toolchain and the system.
        let known: Set = ["Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization", "Dispatch"]
        for module in try Self.modules() {
            let imported = try Self.imports(of: module).subtracting(known)
            #expect(imported == (try Self.dependencies(of: module)), "\(module)")
        }
    }

    @Test("What the Makefile builds alone is complete: it names every target of ours that one of its targets needs")
    func partialBuilds() throws {
        let package = try Self.text("Package.swift")
        let ours = Set(
            package.matches(of: /(?:[tT]arget|systemLibrary)\(\s*name: "([\w-]+)"/).map { String($0.1) }
        )
        let lists = try Self.text("Makefile").matches(of: /(?m)^(\w+)_TARGETS := (.+)$/)
        #expect(lists.count >= 4)
        for list in lists {
            let targets = list.2.split(separator: " ").map(String.init)
            for target in targets {
                let needed = try Self.dependencies(of: target).intersection(ours)
                #expect(needed.isSubset(of: targets), "\(list.1)_TARGETS: \(target) needs \(needed.sorted())")
            }
        }
    }

    @Test("CONTRIBUTING.md names every module, and what it imports of ours")
    func contributing() throws {
        let modules = try Self.modules()
        let table = try Self.table()
        #expect(Set(table.keys) == Set(modules))
        for module in modules {
            #expect(table[module] == (try Self.imports(of: module).intersection(modules)), "\(module)")
        }
    }
}

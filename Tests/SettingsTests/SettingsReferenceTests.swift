import Settings
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

struct SettingsReferenceTests {
    private static let path = RepositoryFile.path("docs/configuration.md")

    @Test(
        "docs have the tables of the code; `UPDATE_DOCS=1 swift test --filter SettingsReference` writes them",
        arguments: [
            ("docs/configuration.md", SettingsReference.markdown()),
            ("docs/web-configuration.md", SettingsReference.webMarkdown()),
        ]
    )
    func tables(file: String, tables: String) throws {
        let path = RepositoryFile.path(file)
        let document = try #require(RepositoryFile.read(path))
        let updated = try #require(
            SettingsReference.updated(document, tables: tables),
            "the markers of the tables are missing"
        )
        if getenv("UPDATE_DOCS") != nil {
            #expect(RepositoryFile.write(updated, to: path))
        } else {
            #expect(document == updated, "run: UPDATE_DOCS=1 swift test --filter SettingsReference")
        }
    }

    @Test("The annotated example of docs/configuration.md is valid and has every key")
    func example() throws {
        let document = try #require(RepositoryFile.read(Self.path))
        let start = try #require(document.firstRange(of: "```yaml\n")).upperBound
        let end = try #require(document[start...].firstRange(of: "```")).lowerBound
        let yaml = String(document[start..<end])
        let settings = try SettingsParser.parse(
            yaml,
            fileName: "koreai.yaml",
            environment: ["KOREAI_TOKEN": "x"],
            files: SettingsFiles { _, _ in .success([0x61]) }
        )
        #expect(settings.bots.count == 2)
        let keys = SettingsReference.markdown().split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "`").dropFirst().first }
        #expect(keys.count > 40)
        #expect(keys.filter { !yaml.contains("\($0):") } == [])
    }

    @Test("Text around the markers stays, and a document without them is refused")
    func updating() {
        let document = "a\n\(SettingsReference.beginMarker)\nfrom long ago\n\(SettingsReference.endMarker)\nb"
        let updated = SettingsReference.updated(document)
        #expect(updated?.hasPrefix("a\n\(SettingsReference.beginMarker)\n\n### The file") == true)
        #expect(updated?.hasSuffix("|\n\n\(SettingsReference.endMarker)\nb") == true)
        #expect(updated?.contains("long ago") == false)
        #expect(SettingsReference.updated("a") == nil)
        #expect(SettingsReference.updated("\(SettingsReference.endMarker) \(SettingsReference.beginMarker)") == nil)
    }
}

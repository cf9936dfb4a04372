package import KoreAI
package import Settings

extension Credential {
    package convenience init(_ settings: CredentialSettings) {
        self.init(name: settings.name, source: settings.source)
    }
}

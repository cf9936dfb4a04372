/// One entry of `credentials:`, secrets already read from where the file says they are.
package struct CredentialSettings: Sendable, Hashable {
    package var name: String
    package var source: CredentialSourceSetting

    package init(name: String, source: CredentialSourceSetting) {
        self.name = name
        self.source = source
    }
}

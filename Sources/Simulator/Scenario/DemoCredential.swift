/// A credential as the demo's exporter is configured with it.
package struct DemoCredential: Sendable, Hashable {
    package var name: String
    package var clientID: String
    /// Not the real one where the demo is to show a wrong credential.
    package var clientSecret: String
}

import FoundationEssentials
import Model
import Testing

@testable import KoreAI

struct ReadyTokenTests {
    /// A JWT with these claims and no good signature.
    private func token(_ claims: String) -> Secret {
        let payload = Data(claims.utf8).base64EncodedString().split(separator: "=").joined()
        return Secret(
            "eyJhbGciOiJIUzI1NiJ9.\(payload.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()).x"
        )
    }

    @Test("A token of the environment is used as it is")
    func environment() async throws {
        let credential = Credential(name: "env", source: .token(Secret("abc")))
        #expect(try await credential.token() == Secret("abc"))
        credential.refused(Secret("abc"))
        #expect(try await credential.token() == Secret("abc"))
    }

    @Test("An empty one is an error that says what to check")
    func empty() async throws {
        let credential = Credential(name: "env", source: .token(Secret("")))
        let error = await #expect(throws: APIError.self) { try await credential.token() }
        #expect(error?.reason == .auth)
        #expect(error?.message.contains("check token_env") == true)
    }

    @Test("A ready token that has expired says so")
    func expired() {
        let clock = TestClock()
        let environment = Credential(name: "env", source: .token(Secret("abc"))) { clock.now }
        let file = Credential(name: "file", source: .tokenFile(path: "/run/token")) { clock.now }
        let token = token(#"{"sub":"ÿÿ>>??","exp":1767225600}"#)
        #expect(
            file.explanation(ofRefused: token)
                == "The token in /run/token expired at 2026-01-01T00:00:00.000Z: put a new one there"
        )
        #expect(environment.explanation(ofRefused: token)?.hasPrefix("The token in the environment expired") == true)
        #expect(file.explanation(ofRefused: self.token(#"{"exp":1767225601}"#)) == nil)
    }

    @Test("A token that cannot be looked into explains nothing")
    func unreadable() {
        let file = Credential(name: "file", source: .tokenFile(path: "/run/token"))
        let strange = [
            "", "abc", "a.b.c", "..", token("[]").reveal(), token("{}").reveal(), token(#"{"exp":"soon"}"#).reveal(),
            token(#"{"exp":1e999}"#).reveal(), token(#"{"exp""#).reveal(),
        ]
        for text in strange { #expect(file.explanation(ofRefused: Secret(text)) == nil) }
    }
}

import Model
import Testing

@testable import KoreAI

struct FileTokenTests {
    static let first = identity(1)
    static let second = identity(2)

    private static func identity(_ inode: UInt64) -> FileIdentity {
        FileIdentity(device: 1, inode: inode, size: 3, modifiedSeconds: 1, modifiedNanoseconds: 1)
    }

    private func at(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_767_225_600_000 + milliseconds)
    }

    /// A file that was read at time 0 and had the token `abc`.
    private func read() -> FileToken {
        var state = FileToken(credential: "ready", path: "/run/token")
        _ = state.saw(.content(Self.first, Array("abc".utf8)), at: at(0))
        return state
    }

    @Test("The first request looks at the file")
    func first() {
        let state = FileToken(credential: "ready", path: "/run/token")
        #expect(state.step(at: at(0)) == .look(known: nil))
    }

    @Test("A token is used for a second without another look")
    func noLook() {
        let state = read()
        #expect(state.step(at: at(0)) == .known(.success(Secret("abc"))))
        #expect(state.step(at: at(999)) == .known(.success(Secret("abc"))))
        #expect(state.step(at: at(1000)) == .look(known: Self.first))
        #expect(state.step(at: at(-1)) == .look(known: Self.first))
    }

    @Test("A file that changed gives its new token, one that did not the old")
    func change() {
        var state = read()
        #expect(state.saw(.unchanged, at: at(1000)) == .success(Secret("abc")))
        #expect(state.step(at: at(1999)) == .known(.success(Secret("abc"))))
        #expect(state.saw(.content(Self.second, Array("xyz\n".utf8)), at: at(2000)) == .success(Secret("xyz")))
        #expect(state.step(at: at(3000)) == .look(known: Self.second))
    }

    @Test(
        "A token outlives its file by a minute, and is found again when the file is back",
        arguments: [
            TokenFileLook.unreadable("No such file or directory"), .content(identity(3), []), .tooLarge(70_000),
            .content(identity(4), Array("two words".utf8)),
        ]
    )
    func grace(result: TokenFileLook) {
        var state = read()
        #expect(state.saw(result, at: at(5000)) == .success(Secret("abc")))
        #expect(state.step(at: at(5500)) == .known(.success(Secret("abc"))))
        // Not the known file: even one that looks the same is read again.
        #expect(state.step(at: at(6000)) == .look(known: nil))
        #expect(state.saw(result, at: at(64_999)) == .success(Secret("abc")))
        guard case .failure(let error) = state.saw(result, at: at(65_000)) else {
            Issue.record("a minute without the file is enough")
            return
        }
        #expect(error.reason == .auth)
        #expect(error.message.contains("/run/token"))
        #expect(state.step(at: at(65_100)) == .known(.failure(error)))
        #expect(state.saw(.content(Self.first, Array("abc".utf8)), at: at(66_000)) == .success(Secret("abc")))
        #expect(state.saw(result, at: at(67_000)) == .success(Secret("abc")))
    }

    @Test("A refused token has no grace, and the file is looked at at once")
    func refused() {
        var state = read()
        state.refused(Secret("other"))
        #expect(state.step(at: at(1)) == .known(.success(Secret("abc"))))
        state.refused(Secret("abc"))
        #expect(state.step(at: at(1)) == .look(known: Self.first))
        #expect(state.saw(.unchanged, at: at(1)) == .success(Secret("abc")))

        _ = state.saw(.unreadable("gone"), at: at(2000))
        state.refused(Secret("abc"))
        guard case .failure = state.saw(.unreadable("gone"), at: at(2001)) else {
            Issue.record("a refused token must not outlive its file")
            return
        }
    }

    @Test(
        "A file without a token is an error that says what to do",
        arguments: [
            (TokenFileLook.unreadable("Permission denied"), "cannot be read: Permission denied"),
            (.content(identity(1), []), "is empty"), (.content(identity(1), Array(" \n".utf8)), "is empty"),
            (.content(identity(1), Array("Bearer abc".utf8)), "holds more than a token"),
            (.content(identity(1), Array("abc\ndef".utf8)), "holds more than a token"),
            (.content(identity(1), [0xFF, 0x00]), "holds more than a token"),
            (.tooLarge(65_537), "has 65537 bytes"),
        ]
    )
    func errors(result: TokenFileLook, words: String) {
        var state = FileToken(credential: "ready", path: "/run/token")
        guard case .failure(let error) = state.saw(result, at: at(0)) else {
            Issue.record("expected an error")
            return
        }
        #expect(error.reason == .auth)
        #expect(error.code == 0)
        #expect(error.message.hasPrefix("Credential ready: the token file /run/token \(words)"), "\(error.message)")
        #expect(!error.message.contains("abc"))
    }
}

import Settings

/// Files in memory for the parser.
let filesInMemory = SettingsFiles { path, limit in
    switch path {
    case "/run/secrets/koreai", "/conf/secret": .success(Array("file-secret-8251\n".utf8.prefix(limit)))
    case "/run/secrets/token", "/etc/ca.pem", "/etc/cert.pem", "/etc/key.pem": .success(Array("x".utf8.prefix(limit)))
    case "/marked": .success([0xEF, 0xBB, 0xBF] + Array("s3cr3t\n".utf8))
    case "/empty": .success([])
    case "/newline": .success([0x0A])
    case "/lines": .success(Array("one-2231\ntwo-2231\n".utf8.prefix(limit)))
    case "/huge": .success([UInt8](repeating: 0x61, count: min(limit, 1 << 20)))
    case "/binary": .success([0xFF, 0xFE, 0xFF, 0xFE])
    case "/directory": .failure(.directory)
    case "/forbidden": .failure(.forbidden)
    default: .failure(.missing)
    }
}

/// The environment of the parser in tests.
let environmentInTests = [
    "KOREAI_SECRET": "env-secret-3310", "KOREAI_TOKEN": "env-token-7741\n", "EMPTY": "", "BEARER": "Bearer abc",
]

/// What the parser gives for a text.
func parsed(_ yaml: String) -> Result<Settings, SettingsComplaints> {
    do throws(SettingsComplaints) {
        return .success(
            try SettingsParser.parse(
                yaml,
                fileName: "/conf/koreai.yaml",
                environment: environmentInTests,
                files: filesInMemory
            )
        )
    } catch {
        return .failure(error)
    }
}

/// The complaints about a text, each as `LINE:COLUMN: message`; none where the text is valid.
func complaints(about yaml: String) -> [String] {
    switch parsed(yaml) {
    case .success: []
    case .failure(let error): error.complaints.map { "\($0.line):\($0.column): \($0.message)" }
    }
}

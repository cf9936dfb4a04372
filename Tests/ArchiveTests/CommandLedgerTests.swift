import Foundation
import KoreAI
import Model
import TestSupport
import Testing
import Tracking

@testable import Archive

/// What commands and the exporter beside them tell each other in the exporter's store.
struct CommandLedgerTests {
    private let folder: TemporaryFolder

    init() throws { folder = TemporaryFolder() }

    private func request(_ second: Int64, target: Target? = nil, reason: String? = nil) -> CommandRequest {
        CommandRequest(
            moment: ClockReading(
                wall: Timestamp(milliseconds: 1_700_000_000_000 + second * 1000),
                uptime: second,
                boot: .max
            ),
            budget: "status:banking",
            target: target,
            endpoint: "ml_train_status",
            code: reason == nil ? 200 : 429,
            reason: reason,
            duration: .milliseconds(250)
        )
    }

    @Test("what a command hands over is taken once, in its order, as it was")
    func handsOver() async throws {
        let archive = try await Archive.open(folder)
        let ledger = await CommandLedger(at: folder.store)
        let target = Target.training(bot: "banking", engine: .ml, language: "en", state: .configured)
        let requests = [
            request(1), request(2, target: target), request(3, target: .export(bot: "banking"), reason: "throttled"),
        ]
        await ledger.write(Array(requests.prefix(1)))
        await ledger.write(Array(requests.dropFirst()))
        #expect(await ledger.read(valuesNamed: "").requests == requests)
        #expect(try await archive.takeCommandRequests() == requests)
        #expect(try await archive.takeCommandRequests() == [])
        #expect(await ledger.read(valuesNamed: "").requests == [])
    }

    @Test("a command reads the values that it asks for, while the exporter has the store open")
    func reads() async throws {
        let archive = try await Archive.open(folder)
        var batch = Batch()
        batch.values = ["budget/bot:a": [1, 2], "other": [3]]
        try await archive.commit(batch)
        let ledger = await CommandLedger(at: folder.store)
        #expect(await ledger.read(valuesNamed: "budget/").values == ["budget/bot:a": [1, 2]])
    }

    @Test("what no exporter takes over is kept for a day at most")
    func old() async throws {
        let archive = try await Archive.open(folder)
        let ledger = await CommandLedger(at: folder.store)
        await ledger.write([request(0)])
        await ledger.write([request(86_000)])
        #expect(await ledger.read(valuesNamed: "").requests.count == 2)
        await ledger.write([request(90_000)])
        #expect(try await archive.takeCommandRequests() == [request(86_000), request(90_000)])
    }

    @Test("where there is no store, a command goes on without, and makes none")
    func none() async {
        for path in ["", folder.store] {
            let ledger = await CommandLedger(at: path)
            await ledger.write([request(1)])
            #expect(await ledger.read(valuesNamed: "").values.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.store))
    }
}

import JWTKit
import Model
import TestSupport
import Testing

@testable import KoreAI
@testable import Simulator

/// Every call against the simulated platform.
struct LoopbackCallTests {
    @Test("An ML training is seen from the queue to its end, with its drift")
    func mlTraining() async throws {
        try await Loopback.run { platform in
            let target = Platform.TrainingTarget("banking")
            #expect(try await platform.mlTraining().result.get().value.status == .finished)

            try platform.simulator.drift(target, components: ["ub_training"])
            var reply = try await platform.mlTraining().result.get()
            #expect(reply.value.syncFlags.count == 10)
            #expect(reply.value.syncFlags.filter { !$0.inSync }.map(\.component) == ["ub_training"])
            #expect(reply.value.trainVersion == 3)

            try platform.simulator.setTraining(target, to: .queued)
            #expect(try await platform.mlTraining().result.get().value.status == .queued)
            try platform.simulator.setTraining(target, to: .inProgress)
            reply = try await platform.mlTraining().result.get()
            #expect(reply.value.status == .inProgress)
            #expect(reply.value.syncFlags.count == 6)
            try platform.simulator.failTraining(target)
            #expect(try await platform.mlTraining().result.get().value.status == .failed)
            #expect(reply.unrecognized.isEmpty)

            #expect(try await platform.mlTraining("de", .published).result.get().value.status == .finished)
        }
    }

    @Test("Trainings and exports that are started are seen running, in the language that was asked for")
    func started() async throws {
        try await Loopback.run { platform in
            let (bot, credential) = (platform.bot, platform.credential())
            let ml = try await platform.client.startMLTraining(
                of: BotAccess(bot, credential: credential, timeout: Loopback.timeout),
                language: "de"
            )
            #expect(ml.code == 200)
            #expect(try ml.result.get().value.message == "Training Queued.")
            #expect(try ml.result.get().value.id != nil)
            #expect(try await platform.mlTraining("de").result.get().value.status == .queued)
            #expect(try await platform.mlTraining("en").result.get().value.status == .finished)

            let faq = try await platform.client.startFAQTraining(
                of: BotAccess(bot, credential: credential, timeout: Loopback.timeout),
                language: "de"
            )
            #expect(try faq.result.get().value.status == .inProgress)
            let faqStatus = try await platform.client.faqTrainingStatus(
                of: BotAccess(bot, credential: credential, timeout: Loopback.timeout),
                language: "de",
                state: .configured
            )
            #expect(try faqStatus.result.get().value.status == .inProgress)
            #expect(try faqStatus.result.get().value.modifiedOn != nil)

            let export = try await platform.client.startMLExport(
                of: BotAccess(bot, credential: credential, timeout: Loopback.timeout)
            )
            #expect(try export.result.get().value.status == .inProgress)
            let started = try await platform.export().result.get().value
            #expect(try started.id == export.result.get().value.id)
            #expect(started.createdOn != nil)
            try platform.simulator.finishExport("banking")
            let ended = try await platform.export().result.get()
            #expect(ended.value.status == .success)
            #expect(ended.value.percentComplete == 100)
            #expect(ended.value.downloadURL != nil)
            #expect(ended.unrecognized.isEmpty)
        }
    }

    @Test("Spellings and flags that were seen elsewhere are understood")
    func seen() async throws {
        try await Loopback.run {
            $0.bots[0].spelling = .seen
            $0.bots[0].extraFlags = ["LLMPrompts"]
        } _: { platform in
            #expect(
                try await platform.mlTraining().result.get().value.syncFlags.contains { $0.component == "llm_prompts" }
            )
            try platform.simulator.setTraining(Platform.TrainingTarget("banking"), to: .inProgress)
            let reply = try await platform.mlTraining().result.get()
            #expect(reply.value.status == .inProgress)
            #expect(reply.unrecognized.isEmpty)

            try platform.simulator.startExport("banking", queued: .seconds(60))
            #expect(try await platform.export().result.get().value.status == .pending)
            try platform.simulator.failExport("banking")
            #expect(try await platform.export().result.get().value.status == .failed)
        }
    }

    @Test("An admin's list of bots is walked to its end")
    func allBots() async throws {
        try await Loopback.run {
            $0.credentials[0].isAdmin = true
            $0.bots = (0..<120).map { Scenario.Bot(id: "st-\($0)", name: "bot \($0)") }
        } _: { platform in
            let page = try await platform.client.bots(
                baseURL: platform.baseURL,
                offset: 100,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(try page.result.get().value.total == 120)
            #expect(try page.result.get().value.bots.count == 20)
            #expect(try page.result.get().value.availableMore == false)

            let all = try await platform.client.allBots(
                baseURL: platform.baseURL,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(try all.result.get().value.bots.count == 120)
            #expect(try all.result.get().value.isWhole)
            #expect(try all.result.get().value.bots.first?.defaultLanguage == "en")
            #expect(try all.result.get().value.bots.first?.isPublished == true)
        }
    }

    @Test(
        "The list is walked to its end whatever its offset counts and however small its pages are",
        arguments: Scenario.BotList.Offset.allCases,
        [50, 20]
    )
    func readingsOfOffset(offset: Scenario.BotList.Offset, pageSize: Int) async throws {
        try await Loopback.run {
            $0.limits = .off
            $0.credentials[0].isAdmin = true
            $0.bots = (0..<169).map { Scenario.Bot(id: "st-\($0)", name: "bot \($0)") }
            $0.botList = Scenario.BotList(offset: offset, pageSize: pageSize)
        } _: { platform in
            let all = try await platform.client.allBots(
                baseURL: platform.baseURL,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(try all.result.get().value.bots.count == 169)
            #expect(try all.result.get().value.isWhole)
            try platform.simulator.setBotList(Scenario.BotList(offset: offset, pageSize: pageSize, emptyPages: 1))
            let gapped = try await platform.client.allBots(
                baseURL: platform.baseURL,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(try gapped.result.get().value.isWhole == false)
            try platform.simulator.setBotList(Scenario.BotList(offset: offset, pageSize: pageSize, alwaysMore: true))
            let endless = try await platform.client.allBots(
                baseURL: platform.baseURL,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(try endless.result.get().value.bots.count == 169)
            #expect(try endless.result.get().value.isWhole == false)
        }
    }

    @Test("A path prefix is part of every call")
    func pathPrefix() async throws {
        try await Loopback.run {
            $0.pathPrefix = "/kore/eu"
        } _: { platform in
            #expect(platform.baseURL.hasSuffix("/kore/eu"))
            let reply = try await platform.mlTraining().result.get()
            #expect(reply.value.status == .finished)
        }
    }

    @Test("Each algorithm is accepted by an app that wants it", arguments: ClientCredential.Algorithm.allCases)
    func algorithms(algorithm: ClientCredential.Algorithm) async throws {
        try await Loopback.run {
            $0.credentials[0].algorithm = Scenario.Credential.Algorithm(rawValue: algorithm.rawValue) ?? .hs256
        } _: { platform in
            let wanted = platform.credential { $0.algorithm = algorithm }
            let accepted = try await platform.mlTraining(credential: wanted)
            #expect(accepted.code == 200)
            let other = platform.credential { $0.algorithm = algorithm == .hs256 ? .hs512 : .hs256 }
            let refused = try await platform.mlTraining(credential: other)
            #expect(refused.failure?.reason == .auth)
        }
    }

    @Test("An app that enforces jti accepts fresh tokens, and no other")
    func jti() async throws {
        try await Loopback.run {
            $0.credentials[0].requiresJTI = true
        } _: { platform in
            let fresh = platform.credential {
                $0.claims.insert(.jti)
                $0.tokenLifetime = .seconds(86_400)
            }
            for _ in 0..<3 {
                #expect(try await platform.mlTraining(credential: fresh).code == 200)
            }
            let error = try await platform.mlTraining(credential: platform.credential()).failure
            #expect(error?.reason == .auth)
            #expect(error?.message.contains("jti") == true)
        }
    }

    @Test("A ready token in a file is used, and its replacement after it")
    func tokenFile() async throws {
        let folder = TemporaryFolder()
        try folder.write("ready-token-1\n", to: "token")
        try await Loopback.run {
            $0.credentials[0].tokens = ["ready-token-1", "ready-token-2"]
        } _: { platform in
            let clock = TestClock()
            let credential = Credential(name: "ready", source: .tokenFile(path: folder.path("token"))) { clock.now }
            #expect(try await platform.mlTraining(credential: credential).code == 200)
            try folder.write("not-the-token\n", to: "token")
            clock.advance(milliseconds: 1000)
            #expect(try await platform.mlTraining(credential: credential).failure?.reason == .auth)
            try folder.write("ready-token-2", to: "token")
            #expect(try await platform.mlTraining(credential: credential).code == 200)
        }
    }
}

import Testing

@testable import KoreAI

struct SyncFlagTests {
    @Test(
        "A flag's name becomes snake case with acronyms kept together",
        arguments: [
            ("Sentences", "sentences"), ("Synonyms", "synonyms"), ("Mlparams", "mlparams"), ("Traits", "traits"),
            ("SmallTalk", "small_talk"), ("UBTraining", "ub_training"), ("EntityNode", "entity_node"),
            ("IntentNode", "intent_node"), ("Patterns", "patterns"), ("BTUtterances", "bt_utterances"),
            ("FAQs", "fa_qs"), ("LLM", "llm"), ("LLMPrompts", "llm_prompts"), ("Http2Node", "http2_node"),
            ("V2", "v2"), ("already_snake", "already_snake"), ("Some_Thing", "some_thing"), ("x", "x"),
            ("KnowledgeGraphV3", "knowledge_graph_v3"), ("ABTest", "ab_test"), ("RuleX", "rule_x"),
        ]
    )
    func component(name: String, component: String) {
        #expect(SyncFlag.component(ofName: Substring(name)) == component)
    }

    @Test(
        "A name that cannot be a label has no component",
        arguments: ["", "Small-Talk", "Small Talk", "Größe", "a\"b", "a\nb", String(repeating: "a", count: 65)]
    )
    func noComponent(name: String) {
        #expect(SyncFlag.component(ofName: Substring(name)) == nil)
    }

    @Test("The longest component has 64 characters, underscores included")
    func longest() {
        #expect(SyncFlag.component(ofName: Substring(String(repeating: "a", count: 64)))?.utf8.count == 64)
        #expect(SyncFlag.component(ofName: Substring("B" + String(repeating: "aB", count: 21))) != nil)
        #expect(SyncFlag.component(ofName: Substring("B" + String(repeating: "aB", count: 22))) == nil)
    }

    @Test("A flag whose name cannot be a label is reported under the one field of all flags")
    func strangeName() throws {
        let reply = try decode(
            #"{"isMlInSyncWithSmall-Talk":true,"isMlInSyncWith":false,"isMlInSyncWithTraits":true}"#,
            as: MLTrainingReply.self
        )
        #expect(reply.value.syncFlags == [SyncFlag(component: "traits", inSync: true)])
        #expect(
            reply.unrecognized == [
                UnrecognizedValue(field: "isMlInSyncWith", found: "isMlInSyncWithSmall-Talk"),
                UnrecognizedValue(field: "isMlInSyncWith", found: "isMlInSyncWith"),
            ]
        )
    }

    @Test("However many flags there are, all are told, by component")
    func many() throws {
        let names = (10..<90).map { "Flag\($0)" }
        let body = "{" + names.reversed().map { "\"isMlInSyncWith\($0)\":true" }.joined(separator: ",") + "}"
        let reply = try decode(body, as: MLTrainingReply.self)
        #expect(reply.value.syncFlags.map(\.component) == names.map { $0.lowercased() })
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("Two keys of one component that differ are drift, and reported", arguments: [(true, false), (false, true)])
    func collision(first: Bool, second: Bool) throws {
        let reply = try decode(
            #"{"isMlInSyncWithSmallTalk":\#(first),"isMlInSyncWithsmallTalk":\#(second)}"#,
            as: MLTrainingReply.self
        )
        #expect(reply.value.syncFlags == [SyncFlag(component: "small_talk", inSync: false)])
        #expect(reply.unrecognized.map(\.field) == ["isMlInSyncWith"])
    }

    @Test("However much nonsense stands in a reply, at most 32 reports come of it")
    func mostReports() throws {
        let body = "{" + (0..<500).map { "\"isMlInSyncWithF\($0)\":\"?\"" }.joined(separator: ",") + "}"
        let reply = try decode(body, as: MLTrainingReply.self)
        #expect(reply.unrecognized.count == 32)
    }
}

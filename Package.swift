// swift-tools-version:6.2

import PackageDescription

/// The settings of every Swift target of ours: the loop at the end applies them.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "koreai-exporter",
    products: [
        .executable(name: "koreai-exporter", targets: ["koreai-exporter"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.45.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CRuntime", cSettings: [.define("BUILD_REVISION", to: "\"\(revision())\"")]),
        .target(name: "Model"),
        .target(name: "Curl", dependencies: ["CCurl"]),
        .target(name: "KoreAI", dependencies: ["Curl", "Model", jwtKit, nioPosix]),
        .target(name: "Exposition", dependencies: ["CZlib", coreMetrics]),
        .target(name: "Settings", dependencies: ["Model", "Scheduling", yams]),
        .target(name: "Tracking", dependencies: ["Model", "KoreAI", "Exposition"]),
        .target(
            name: "Archive",
            dependencies: ["Model", "Tracking", grdb, logging, nioPosix],
            resources: [.embedInCode("Resources")]
        ),
        .target(name: "Scheduling", dependencies: [heap]),
        .target(
            name: "Polling",
            dependencies: [
                "Model", "Settings", "KoreAI", "Tracking", "Scheduling", "Archive", "Exposition", heap, logging,
                serviceLifecycle,
            ]
        ),
        .target(
            name: "Web",
            dependencies: [
                "CCrypt", "Exposition", "Model", "Settings", asn1, crypto, httpTypes, hummingbird,
                hummingbirdCore, hummingbirdHTTP2, logging, mustache, nioCore, nioHTTP1, nioHTTP2, nioHTTPTypes,
                nioPosix, nioSSL,
                nioTLS, orderedCollections, serviceLifecycle, x509,
            ],
            resources: [.embedInCode("Resources")]
        ),
        .target(
            name: "Simulator",
            dependencies: [
                "Model", asn1, crypto, heap, httpTypes, hummingbird, hummingbirdCore, jwtKit, logging, nioCore,
                nioSSL, serviceLifecycle, x509, yams,
            ]
        ),
        .target(
            name: "App",
            dependencies: [
                "Archive", "CRuntime", "Curl", "Exposition", "KoreAI", "Model", "Polling", "Scheduling", "Settings",
                "Tracking", "Web", logging, nioPosix, serviceLifecycle, unixSignals,
            ]
        ),
        .executableTarget(
            name: "koreai-exporter",
            dependencies: [
                "App", "Archive", "Curl", "Exposition", "KoreAI", "Model", "Polling", "Scheduling", "Settings",
                "Simulator",
                "Tracking", "Web", argumentParser, coreMetrics, logging, nioCore, nioPosix, serviceLifecycle,
            ]
        ),
        .executableTarget(
            name: "schedule-benchmark",
            dependencies: ["Scheduling", heap],
            path: "Benchmarks/ScheduleBenchmark"
        ),
        .executableTarget(
            name: "scrape-benchmark",
            dependencies: ["Exposition", "Model", "Web", logging, nioPosix, serviceLifecycle],
            path: "Benchmarks/ScrapeBenchmark"
        ),
        .executableTarget(
            name: "curl-benchmark",
            dependencies: ["Curl"],
            path: "Benchmarks/CurlBenchmark",
            exclude: ["multi.c"]
        ),
        .executableTarget(
            name: "archive-benchmark",
            dependencies: ["Archive", "KoreAI", "Model", "Tracking", logging],
            path: "Benchmarks/ArchiveBenchmark"
        ),
        .target(name: "CInterposers", path: "Tests/CInterposers"),
        .target(name: "TestSupport", dependencies: [logging], path: "Tests/TestSupport"),
        .testTarget(
            name: "CurlTests",
            dependencies: [
                "CInterposers", "Curl", "Model", "TestSupport", asn1, crypto, nioCore, nioHTTP1, nioHTTP2, nioPosix,
                nioSSL,
                x509,
            ]
        ),
        .testTarget(
            name: "KoreAITests",
            dependencies: ["KoreAI", "Curl", "Model", "Simulator", "TestSupport", jwtKit]
        ),
        .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
        .testTarget(
            name: "ExporterTests",
            dependencies: [
                "koreai-exporter", "Archive", "Curl", "Exposition", "KoreAI", "Model", "Polling", "Settings",
                "Simulator",
                "Tracking", "Web", argumentParser, grdb, logging, serviceLifecycle,
            ]
        ),
        .target(name: "ExpositionReaders", dependencies: ["CZlib", "Exposition"], path: "Tests/ExpositionReaders"),
        .testTarget(
            name: "ExpositionTests",
            dependencies: ["Exposition", "ExpositionReaders", "Model", "TestSupport", coreMetrics]
        ),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Model", "Scheduling", "TestSupport"]),
        .testTarget(
            name: "TrackingTests",
            dependencies: ["Tracking", "Exposition", "KoreAI", "Model", "TestSupport"]
        ),
        .testTarget(
            name: "ArchiveTests",
            dependencies: ["Archive", "KoreAI", "Model", "Tracking", "TestSupport", grdb, logging]
        ),
        .testTarget(name: "SchedulingTests", dependencies: ["Scheduling"]),
        .testTarget(
            name: "PollingTests",
            dependencies: [
                "Polling", "Archive", "Settings", "Model", "KoreAI", "Curl", "Tracking", "Exposition", "Scheduling",
                "Simulator", "TestSupport", logging,
            ]
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "Curl", "KoreAI", "Model", "Polling", "Scheduling", "Settings", "Simulator", "TestSupport",
                "Tracking",
            ]
        ),
        .testTarget(name: "SimulatorTests", dependencies: ["Simulator", "Curl", jwtKit, nioCore, nioPosix]),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "CCrypt", "Exposition", "Model", "Settings", "TestSupport", hummingbird, httpTypes, logging,
                nioCore, nioEmbedded, nioHTTP1, nioHTTPTypes, serviceLifecycle,
            ]
        ),
    ]
)

for target in package.targets where target.type != .system && !["CRuntime", "CInterposers"].contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + swiftSettings
}

// Its main function is libFuzzer's, so that it links with that alone.
if Context.environment["ONLY_TARGETS"]?.contains("exposition-fuzzer") == true {
    package.targets.append(
        .executableTarget(
            name: "exposition-fuzzer",
            dependencies: ["ExpositionReaders"],
            path: "Tests/ExpositionFuzzer",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])] + swiftSettings
        )
    )
}

// A sanitizer builds everything anew, so it builds only the module that it is for: the Makefile names these targets.
if let only = Context.environment["ONLY_TARGETS"]?.split(separator: " ").map(String.init) {
    package.targets.removeAll { !only.contains($0.name) }
    package.products = []
}

/// The commit that is built, for `koreai_exporter_build_info`.
func revision() -> String {
    guard let git = Context.gitInformation else { return "unknown" }
    return git.hasUncommittedChanges ? git.currentCommit + "-dirty" : git.currentCommit
}

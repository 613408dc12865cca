// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "kalenderkoppling",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    ],
    targets: [
        // Bottom to top: a target uses only those above it here.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CLibGSS", providers: [.apt(["libkrb5-dev"])]),
        .target(
            name: "CSimdJSON",
            linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]
        ),
        .target(
            name: "CSIP",
            linkerSettings: [.linkedLibrary("re"), .linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),
        .target(name: "AbsenceModel"),
        .target(
            name: "Settings",
            dependencies: ["AbsenceModel", .product(name: "Yams", package: "Yams")]
        ),
        .target(
            name: "Announcements",
            dependencies: ["AbsenceModel", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .target(name: "Postgres", dependencies: ["CLibPQ"]),
        .target(
            name: "Web",
            dependencies: [
                "CSimdJSON",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .target(
            name: "CalendarFeed",
            dependencies: [
                "AbsenceModel", "CLibGSS", "CLibIcal", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .target(
            name: "SIP",
            dependencies: ["CSIP", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .target(
            name: "Telephony",
            dependencies: [
                "AbsenceModel", "Postgres", "SIP", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(name: "AbsenceStore", dependencies: ["AbsenceModel", "Postgres", "Settings"]),
        .target(
            name: "Reconcile",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "CalendarFeed", "SIP", "Telephony", "Web",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "RuleCases",
            dependencies: ["AbsenceModel", "AbsenceStore", "Postgres", "Settings"]
        ),
        .executableTarget(
            name: "kalenderkoppling",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "CalendarFeed", "Postgres", "Reconcile",
                "RuleCases", "SIP", "Settings", "Telephony", "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "HTTPServing",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .executableTarget(
            name: "AnnouncementServer",
            dependencies: [
                "AbsenceModel", "Announcements",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "CalendarSimulator",
            dependencies: [
                "CLibGSS", "HTTPServing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .executableTarget(
            name: "ReferenceExchange",
            dependencies: [
                "HTTPServing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["openapi.yaml"]
        ),
        .executableTarget(
            name: "ReadingBench",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "CalendarFeed", "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "CalendarFeed", "Postgres", "Telephony", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),

        .testTarget(name: "AbsenceModelTests", dependencies: ["AbsenceModel"]),
        .testTarget(name: "SettingsTests", dependencies: ["AbsenceModel", "Settings"]),
        .testTarget(
            name: "AnnouncementTests",
            dependencies: [
                "AbsenceModel", "AnnouncementServer", "Announcements", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Golden", "Scenarios"]
        ),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"]),
        .testTarget(
            name: "AbsenceStoreTests",
            dependencies: ["AbsenceStore", "Postgres", "Telephony", "TestSupport"],
            exclude: ["Billing/oracle"]
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "TestSupport", "Web", .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "CalendarFeedTests",
            dependencies: [
                "AbsenceModel", "CalendarFeed", "TestSupport", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["judges", "oracle"]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["kalenderkoppling", "AbsenceStore", "Postgres", "TestSupport"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "kalenderkoppling", "AbsenceModel", "AbsenceStore", "CalendarFeed", "Postgres",
                "Reconcile", "Telephony", "TestSupport", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "KillTests",
            dependencies: ["kalenderkoppling", "Postgres", "TestSupport"]
        ),
        .testTarget(
            name: "ReconcileTests",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "CalendarFeed", "Postgres", "Reconcile",
                "SIP", "Settings", "Telephony", "TestSupport", "Web",
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "TelephonyTests",
            dependencies: [
                "kalenderkoppling", "AbsenceModel", "AnnouncementServer", "Postgres", "SIP",
                "Telephony", "TestSupport", "Web",
            ],
            exclude: ["HTTP/judges", "PBX/client", "PBX/sipp", "SIP/scenarios"]
        ),
        .testTarget(
            name: "RuleCasesTests",
            dependencies: [
                "AbsenceModel", "AbsenceStore", "Postgres", "RuleCases", "Settings", "TestSupport",
            ],
            exclude: ["Golden", "cases", "items.yaml", "oracle"]
        ),
    ],
    cxxLanguageStandard: .cxx17
)

let ofC = ["CSIP", "CSimdJSON"]
for target in package.targets where target.type != .system && !ofC.contains(target.name) {
    target.swiftSettings = [
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

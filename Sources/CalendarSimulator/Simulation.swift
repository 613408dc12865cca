import HTTPServing

/// All that the faces share.
struct Simulation: Sendable {
    var organisation: Organisation
    var counts: Counts
    var faults: Faults
    var limits: Limits
    var clock: SimulatorClock
    var tokens: Tokens
    var access: SimulatedAccess
    /// How long a request to a calendar takes, so that concurrent ones are seen to be.
    var latency: Duration
    var recorder: Recorder?
    /// Of Graph; nil where each is made when it is asked for.
    var keptAnswers: KeptAnswers?
    var groups: Groups

    init(
        _ settings: OrganisationSettings,
        access: SimulatedAccess,
        hasLimits: Bool,
        latency: Duration,
        recorder: Recorder?,
        keptAnswers: KeptAnswers? = nil
    ) {
        organisation = Organisation(settings)
        groups = Groups(organisation: organisation)
        counts = Counts()
        faults = Faults()
        limits = Limits(isOn: hasLimits, counts: counts)
        clock = SimulatorClock(faults: faults)
        tokens = Tokens(faults: faults, clock: clock)
        self.access = access
        self.latency = latency
        self.recorder = recorder
        self.keptAnswers = keptAnswers
    }

    /// Takes the time that a request to a calendar takes.
    func wait() async {
        if latency > .zero { try? await Task.sleep(for: latency) }
    }

    /// Every protocol that the server speaks, one line each.
    var faces: [any ProtocolFace] {
        [
            GraphFace(simulation: self),
            MicrosoftTokenFace(simulation: self),
            EWSFace(simulation: self),
            GoogleMembersFace(simulation: self),
            CalendarFace(simulation: self),
            GoogleFace(simulation: self),
            ControlFace(simulation: self),
        ]
    }
}

/// Who may ask, and for what.
struct SimulatedAccess: Sendable {
    static let tenant = "exempel.example"
    static let client = "kalenderkoppling"
    static let secret = "secret-of-tests"
    /// The account of EWS, as Basic and NTLM know it.
    static let account = "EXEMPEL\\service"
    /// The same account by its mail address.
    static let accountAddress = "service@exempel.example"

    /// The certificate in PEM that client assertions are verified against, where one was given.
    var clientCertificate: String?
    /// The server's own certificate in PEM, where it speaks TLS.
    var serverCertificate: String?
    /// False: bodies and extended properties are refused, as by Calendars.ReadBasic.
    var isFull = true
}

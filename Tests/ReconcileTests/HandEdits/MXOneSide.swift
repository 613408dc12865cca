import AbsenceModel
import Foundation
import Postgres
import SIP
import Telephony
import TestSupport

/// The exchange `mxone`: somebody who dials at their phone, on a telephone system of which
/// nothing can be read, and which has one place for an absence.
struct MXOneSide: TelephoneSide {
    let exchange: any TelephonyExchange
    let pbx: RunningPBX
    private let connection: Connection

    /// It is set when it begins.
    var keepsStarts: Bool { false }

    /// The extension that absences are dialled from.
    private static let desk = "900"

    /// - Parameter clock: the passes'; the telephone system's stands where it is put.
    init(_ pbx: RunningPBX, clock: Clock, phones: [String]) throws {
        self.pbx = pbx
        connection = try pbx.database.connect()
        let account = SIPAccount(domain: RunningPBX.domain, name: Self.desk)
        exchange = MXOneExchange(
            client: SIPClient(server: SIPServer(uri: "sip:\(pbx.address)")!, account: account),
            settings: .init(
                digits: [
                    Reason(rawValue: "lunch"): 0, Reason(rawValue: "errand"): 2,
                    Reason(rawValue: "meeting"): 3,
                ],
                defaultReason: Reason(rawValue: "meeting"),
                dialsPerSecond: 100
            ),
            now: clock.tick
        )
        try connection.command(
            """
            insert into switchboard.extensions (customer_key, extension, display_name, is_attendant)
            select '\(RunningPBX.customer)', number, 'Phone ' || number, number = '\(Self.desk)'
            from unnest('{\(([Self.desk] + phones).joined(separator: ","))}'::text[])
                as phones (number)
            """
        )
        // What is dialled is dialled at the test's instant, not at the machine's.
        try connection.command(
            """
            create table public.clock (instant timestamptz not null);
            insert into public.clock values ('-infinity');
            create function public.clock() returns timestamptz
            language sql stable security definer as 'select instant from public.clock';
            do $$
            begin
                execute replace(
                    pg_get_functiondef('switchboard.feature_code'::regproc),
                    'statement_timestamp()', 'public.clock()'
                );
            end
            $$;
            """
        )
    }

    func setClock(_ instant: Date) throws {
        try connection.command(
            "update public.clock set instant = to_timestamp(\(instant.timeIntervalSince1970))"
        )
    }

    func standing(at instant: Date) throws -> [StandingAbsence] {
        try TableSide.standing(at: instant, connection) { $0.setBy == Self.desk }
    }

    /// There is one kind, so that another reason is dialled where another kind is chosen.
    func perform(_ edit: HandEdit, on phone: String) async throws {
        let code =
            switch edit {
            case .delete: "#23#"
            case .changeEnd: "*23*3*1045#"
            case .changeKind: "*23*0*1000#"
            case .ownOver: "*23*2*0940#"
            case .ownBeside: "*23*2*1100#"
            }
        try await dial(code, on: phone)
    }

    func dial(_ code: String, on phone: String) async throws {
        let call = try await pbx.call(code.replacing("#", with: "%23"), from: phone)
        guard call.status == 200 else { throw NotTaken(code: code, status: call.status) }
    }

    struct NotTaken: Error {
        var code: String
        var status: Int
    }
}

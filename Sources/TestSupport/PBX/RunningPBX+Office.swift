import Foundation
import Postgres

extension RunningPBX {
    /// The same office, whose program reaches this switchboard as the service `pbx`, as somebody
    /// who may do just what the scheduled jobs may.
    public func reached(from office: Office) throws -> Office {
        let login = "kk_test_job"
        try database.connect().command(
            """
            do $$
            begin
                create role \(login) login in role kk_job;
            exception when duplicate_object then
                null;
            end
            $$;
            """
        )
        let place = cluster.environment["PGHOST"] ?? ""
        try office.write(
            "[pbx]\nhost=\(place)\nport=5432\nuser=\(login)\ndbname=\(database.name)\n",
            to: "services"
        )
        var office = office
        office.program.environment["PGSERVICEFILE"] = office.folder.appending(path: "services")
            .path()
        return office
    }
}

// A logical source in a database -> its address: user and password looked up, files resolved, the
// network kept out.
#pragma once

#include "mapping/plan.hpp"
#include "sources/sql.hpp"

namespace dossier {

inline bool is_sql(const LogicalSource& source) {
  return source.formulation == Formulation::sql_table ||
         source.formulation == Formulation::sql_query;
}

// A mapping may leave the address to the environment variable DOSSIER_DATABASE (R2RML has no place
// for it). `diagnostics`, if any, hears of a password that stands in the mapping. Errors:
// db_address, db_credentials, network_refused, outside_root.
Expected<SqlAddress> sql_address(const LogicalSource& source, const CompileOptions& options,
                                 DiagnosticSink* diagnostics);

// For messages, evidence and the ledger: "shop.db#orders".
std::string sql_name(const LogicalSource& source, const SqlAddress& address);

}  // namespace dossier

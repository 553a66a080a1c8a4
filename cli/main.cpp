#include "cli/command.hpp"

int main(int argc, char** argv) {
  return dossier::run_program(argc, argv);
}

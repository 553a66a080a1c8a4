# Language level, warnings and sanitizers; `dossier_room(NAME SOURCES... )` makes the target of a room.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# A build from nothing: the files of a room are compiled several at once, and tests share parsed headers; together
# less than half of the work (docs/performance.md). Not together with ccache, which keeps whole objects, so that
# a changed file costs itself alone, and cannot see into a precompiled header.
if(CCACHE_PROGRAM)
  option(DOSSIER_UNITY "Compile the files of a room several at once" OFF)
  option(DOSSIER_PRECOMPILE "Parse common headers once" OFF)
else()
  option(DOSSIER_UNITY "Compile the files of a room several at once" ON)
  option(DOSSIER_PRECOMPILE "Parse common headers once" ON)
endif()

add_library(dossier_options INTERFACE)
target_include_directories(dossier_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/dossier>)
target_compile_features(dossier_options INTERFACE cxx_std_23)
target_compile_options(dossier_options INTERFACE
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion;-Wold-style-cast;-Wno-missing-field-initializers>)
# Clang reports std::stable_sort of GCC 12's library, which calls a function that C++17 deprecated.
target_compile_options(dossier_options INTERFACE
  $<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>>)
if(DOSSIER_WERROR)
  target_compile_options(dossier_options INTERFACE $<BUILD_INTERFACE:-Werror>)
endif()
if(DOSSIER_SANITIZE)
  add_compile_options(-fsanitize=${DOSSIER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DOSSIER_SANITIZE})
endif()
if(DOSSIER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# The target that owns the precompiled headers of the tests. GCC takes them only under the same flags.
if(DOSSIER_PRECOMPILE AND DOSSIER_TESTS)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled/program.cpp "int main() {}\n")
  add_executable(dossier_precompiled_tests ${PROJECT_BINARY_DIR}/precompiled/program.cpp)
  target_link_libraries(dossier_precompiled_tests PRIVATE dossier_options fmt::fmt GTest::gtest)
  target_precompile_headers(dossier_precompiled_tests PRIVATE <algorithm> <array> <charconv> <chrono> <cstdint>
    <expected> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream> <string>
    <string_view> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <gtest/gtest.h>)
endif()

# dossier_room(<name> SOURCES <file>... USES <target>...): the static library dossier_<name>.
function(dossier_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  add_library(dossier_${name} STATIC ${ARG_SOURCES})
  add_library(dossier::${name} ALIAS dossier_${name})
  set_target_properties(dossier_${name} PROPERTIES EXPORT_NAME ${name})
  target_link_libraries(dossier_${name} PUBLIC dossier_options ${ARG_USES} PRIVATE ${ARG_PRIVATE_USES})
  if(DOSSIER_UNITY)
    set_target_properties(dossier_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
    # A type of an anonymous namespace is private to the batch too.
    target_compile_options(dossier_${name} PRIVATE -Wno-subobject-linkage)
  endif()
  set_property(GLOBAL APPEND PROPERTY DOSSIER_ROOMS dossier_${name})
endfunction()

# dossier_test(<name> SOURCES <file>... USES <target>... [TIMEOUT s]): one GoogleTest program, one ctest entry.
# The target unit_tests builds those with the label `unit`.
if(DOSSIER_TESTS)
  add_custom_target(unit_tests)
endif()
function(dossier_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_USES} GTest::gtest_main)
  if(DOSSIER_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM dossier_precompiled_tests)
  endif()
  target_compile_definitions(${name} PRIVATE DOSSIER_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
  if("unit" IN_LIST ARG_LABELS)
    add_dependencies(unit_tests ${name})
  endif()
endfunction()

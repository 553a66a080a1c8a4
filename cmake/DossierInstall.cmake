# Install: libraries, headers under include/dossier/<room>/, the program, and dossierConfig.cmake.
include(CMakePackageConfigHelpers)
get_property(rooms GLOBAL PROPERTY DOSSIER_ROOMS)
install(TARGETS dossier_options dossier_rapidjson dossier_archive_headers dossier_database_headers dossier_rasqal_headers ${rooms} EXPORT dossierTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(room base graph sources ontology exporters mapping cli)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dossier
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/ontology/vocabulary DESTINATION ${CMAKE_INSTALL_DATADIR}/dossier)
install(EXPORT dossierTargets NAMESPACE dossier:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dossier)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dossierConfig.cmake.in
  ${PROJECT_BINARY_DIR}/dossierConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dossier)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dossierConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dossierConfig.cmake ${PROJECT_BINARY_DIR}/dossierConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dossier)

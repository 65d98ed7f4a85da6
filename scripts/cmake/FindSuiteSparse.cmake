# SuiteSparse::AMD and SuiteSparse::CHOLMOD; Debian ships them without a CMake or pkg-config file.
find_path(SUITESPARSE_INCLUDE_DIR cholmod.h PATH_SUFFIXES suitesparse)
find_library(AMD_LIBRARY amd)
find_library(CHOLMOD_LIBRARY cholmod)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SuiteSparse REQUIRED_VARS CHOLMOD_LIBRARY AMD_LIBRARY SUITESPARSE_INCLUDE_DIR)
foreach(part AMD CHOLMOD)
  if(SuiteSparse_FOUND AND NOT TARGET SuiteSparse::${part})
    add_library(SuiteSparse::${part} UNKNOWN IMPORTED)
    set_target_properties(SuiteSparse::${part} PROPERTIES IMPORTED_LOCATION ${${part}_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES ${SUITESPARSE_INCLUDE_DIR})
  endif()
endforeach()
mark_as_advanced(SUITESPARSE_INCLUDE_DIR AMD_LIBRARY CHOLMOD_LIBRARY)

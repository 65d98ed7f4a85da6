# The third-party libraries, as imported targets. Each is used by one door only (docs/architecture.md; test house/layers).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenMP COMPONENTS C)
set(HDF5_PREFER_PARALLEL TRUE)
find_package(HDF5 REQUIRED COMPONENTS C HL)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)

find_path(GLPK_INCLUDE glpk.h REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
add_library(park_glpk INTERFACE)
target_include_directories(park_glpk INTERFACE ${GLPK_INCLUDE})
target_link_libraries(park_glpk INTERFACE ${GLPK_LIBRARY})

find_package(MPI COMPONENTS C)
find_package(SUNDIALS 6.4 CONFIG REQUIRED COMPONENTS ida cvode kinsol nvecserial sunmatrixsparse sunlinsolklu)

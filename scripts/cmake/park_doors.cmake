# The third-party libraries, as imported targets. Each is used by one door only (docs/architecture.md; test house/layers).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# OpenMP is optional: without it pool_openmp.c is a plain loop.
option(PARK_OPENMP "share work by OpenMP threads" ON)
set(PARK_OPENMP_TARGET "")
if(PARK_OPENMP)
  find_package(OpenMP COMPONENTS C)
  if(OpenMP_C_FOUND)
    set(PARK_OPENMP_TARGET OpenMP::OpenMP_C)
  endif()
endif()
set(HDF5_PREFER_PARALLEL TRUE)
find_package(HDF5 REQUIRED COMPONENTS C HL)
# Debian's parallel HDF5 includes mpi.h: the results room needs the header, though it calls no MPI.
find_package(MPI REQUIRED COMPONENTS C)
add_library(park_hdf5 INTERFACE)
target_include_directories(park_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS} ${MPI_C_INCLUDE_DIRS} ${MPI_C_HEADER_DIR})
target_link_libraries(park_hdf5 INTERFACE ${HDF5_C_LIBRARIES} ${HDF5_C_HL_LIBRARIES})
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)

find_package(GLPK 5.0 REQUIRED)
add_library(park_glpk INTERFACE)
target_link_libraries(park_glpk INTERFACE GLPK::GLPK)

find_package(SuiteSparse REQUIRED)
add_library(park_suitesparse INTERFACE)
target_link_libraries(park_suitesparse INTERFACE SuiteSparse::CHOLMOD SuiteSparse::AMD)

find_package(METIS REQUIRED)
find_package(MPI COMPONENTS C)
find_package(SUNDIALS 6.4 CONFIG REQUIRED COMPONENTS ida cvode kinsol nvecserial sunmatrixsparse sunlinsolklu)

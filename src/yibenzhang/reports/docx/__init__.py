"""Official documents (公文) by GB/T 9704-2012 as .docx; numbers from regulations §14."""

# Writes one table with the libraries that are installed here: perl write.pl FOLDER < table.json
use strict;
use warnings;
use utf8;
use JSON::PP;

my $folder = shift;
my $table  = decode_json(join '', <STDIN>);
my @rows   = ($table->{heads}, @{ $table->{rows} });
my %missing;

for my $library (['Spreadsheet::WriteExcel', 'xls'], ['Excel::Writer::XLSX', 'xlsx']) {
    my ($name, $ending) = @$library;
    (my $file = $name) =~ s/::/-/g;
    eval {
        eval "require $name" or die $@;
        my $book  = $name->new("$folder/$file.$ending");
        my $day   = $book->add_format(num_format => 'dd.mm.yyyy');
        my $sheet = $book->add_worksheet('List');
        for my $y (0 .. $#rows) {
            for my $x (0 .. 4) {
                my $value = $rows[$y][$x];
                if    ($y && $x == 2) { $sheet->write_date_time($y, $x, "${value}T", $day) }
                elsif ($y && $x == 3) { $sheet->write_number($y, $x, $value) }
                else                  { $sheet->write_string($y, $x, $value) }
            }
        }
        $book->close();
        1;
    } or $missing{$name} = substr($@, 0, 100);
}
print encode_json(\%missing);
